"""How staff sign in: password, code, first steps of a new account, and how a sign-in ends.

Nobody counts as signed in before every step is done: until then the session only holds an Unfinished
sign-in (pending_login.py). Views and addresses are hung into the admin by vtc_site/admin_site.py.
"""
