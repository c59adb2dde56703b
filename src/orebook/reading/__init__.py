"""From documents to facts: formats, layout, vocabulary, numbers and one reader per kind of thing."""
