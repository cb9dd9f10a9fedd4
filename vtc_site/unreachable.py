"""Says in words why another machine takes no connection. Used by doctor and sendtestemail."""

import smtplib
import socket
import ssl

from intake.failures import named

WORDS = (
    (ssl.SSLCertVerificationError, "its certificate is not one that browsers trust"),
    (ssl.SSLError, "it does not speak TLS on this port"),
    (socket.gaierror, "this machine knows no host of this name"),
    (ConnectionRefusedError, "nobody listens at this host and port"),
    (TimeoutError, "it did not answer in time; is a firewall between?"),
    (smtplib.SMTPAuthenticationError, "it refuses the user or the password"),
    (smtplib.SMTPRecipientsRefused, "it refuses this recipient"),
    (smtplib.SMTPSenderRefused, "it refuses the sender"),
    (smtplib.SMTPServerDisconnected, "it ended the connection at once; is the port one for TLS?"),
)


def reason(error):
    """Return why, and the name that logs use for it; an error's own words can hold a password."""
    if isinstance(error.__context__, TimeoutError):  # smtplib calls that a connection that was ended
        error = error.__context__
    said = next((words for kind, words in WORDS if isinstance(error, kind)), "")
    return f"{said} ({named(error)})" if said else named(error)
