"""What the laboratory says: elements and oxides, groups of analytes, equivalents."""
