"""Pages that are pictures: straightened, freed of their rules, recognised offline, each word with its box and doubt."""
