"""The command line ``supervision``: one module a group of commands, one ``Console`` for all."""
