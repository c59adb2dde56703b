"""Messages: what a mail says, in its body and in the files that hang on it."""
