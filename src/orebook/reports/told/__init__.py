"""What was done to a book, told to people and to programs."""

DEFAULT = "text"
