"""The command line as a module: ``python -m orebook``."""

from orebook.faces.cli import main

if __name__ == "__main__":
    main()
