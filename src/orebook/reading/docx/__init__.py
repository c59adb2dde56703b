"""Files of word processors: their paragraphs and tables in order, each with the place that it has in the file."""
