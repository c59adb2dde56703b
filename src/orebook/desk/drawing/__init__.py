"""What drawings are made from: the holes of a book in space, its grades and labels, and the sections through them."""
