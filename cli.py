"""`python cli.py …`: the command line from a checkout, without installing."""

from policylib.cli.main import main

if __name__ == "__main__":
    main()
