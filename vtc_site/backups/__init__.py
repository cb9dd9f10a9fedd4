"""The whole database in one encrypted file, written and brought back. For the commands backup and restore.

The file holds lines, each encrypted with FIELD_ENCRYPTION_KEYS: what it is, batches of rows, and an end that
counts them, so that a file that was cut off is noticed. It works between SQLite and PostgreSQL.
"""
