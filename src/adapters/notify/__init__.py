"""Messages to people by e-mail; short messages and the unified service are in ``zhiguitong``."""
