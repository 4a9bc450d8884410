"""`python -m orgsim`."""

from orgsim.cli.main import main

if __name__ == "__main__":
    main(prog_name="orgsim")
