"""Pages of the open book, one a file: its ``PAGE`` says where it begins and what the server answers for it."""
