"""A quarter made fit to print: tables and paragraphs of a quarterly release from tidy tables of figures."""
