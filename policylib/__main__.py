"""`python -m policylib …`: the command line where the folder of scripts is not on the path."""

from policylib.cli.main import main

if __name__ == "__main__":
    main(prog_name="policylib")
