"""What a project may make and be worth; it looks ahead."""
