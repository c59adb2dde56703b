"""What the pages of the ground share: the holes of the book laid once, and what a reader asks of them."""
