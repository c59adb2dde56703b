"""What a mine made: metal, throughput, strip ratio, shares of it; it looks back."""
