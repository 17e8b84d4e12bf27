"""`python -m preceptor.cli`."""

from preceptor.cli.main import main

main()
