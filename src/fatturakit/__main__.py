"""``python -m fatturakit``: the console script by another name."""

from .cli.start import entry

if __name__ == "__main__":
    entry()
