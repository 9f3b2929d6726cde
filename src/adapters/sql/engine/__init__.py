"""How the engines are opened, asked and written to: connections, types, mappers, pages, scopes."""
