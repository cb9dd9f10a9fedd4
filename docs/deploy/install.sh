#!/bin/sh
# Installs the website on a Debian 12 or 13 that has nothing else to do: the steps of README.md, one by one.
#
#     git clone ADDRESS-OF-THE-REPOSITORY vtc && sudo vtc/docs/deploy/install.sh
#
# Three questions: the domain, the first owner's email address, the mail server. Without a terminal:
# DOMAIN=www.example.org OWNER_EMAIL=you@example.org EMAIL_URL=smtp+tls://USER:PASSWORD@HOST:587 install.sh
# Safe to run again: it never changes settings, keys or data; what is in /etc/nginx/vtc/local/ only after a change of
# the domain (README.md). A new release is put in place by `upgrade`, beside it.
set -eu
umask 022
source=$(cd "$(dirname "$0")/../.." && pwd)
site=/srv/vtc/site
settings=/etc/vtc.env
nginx=/etc/nginx/vtc
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin

say() { printf '==> %s\n' "$*"; }

# The parts that it goes through: when one of them ends it, the end names it.
part=
begin() {
    part=$*
    say "$part"
}

tell_the_end() {
    status=$?
    [ "$status" -ne 0 ] && [ -n "$part" ] || return 0
    echo "It stopped in this part: $part
The lines above say why. The parts before it are done and stay; those after it are not. They are: packages, user,
database, settings, Python, the first owner, the service, nginx, the certificate, timers. Run this again when the
cause is gone: it goes on." >&2
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

has_systemd() { [ -d /run/systemd/system ]; }

# Settings that are written once and then belong to the operator.
setting() { sed -n "s/^$1=//p" "$settings"; }

check_machine() {
    [ "$(id -u)" -eq 0 ] || fail "This installs programs: run it as root (sudo $0)."
    [ -x /usr/bin/apt-get ] || fail "This is for Debian 12 and 13. Elsewhere, follow README.md by hand."
    case $(cat /etc/debian_version) in
        12* | 13*) ;;
        *) say "This was tried on Debian 12 and 13 only; here it may need some help." ;;
    esac
}

# ask NAME QUESTION: keeps what the environment says, else asks until there is an answer.
ask() {
    eval "answer=\${$1:-}"
    while [ -z "$answer" ]; do
        [ -t 0 ] || fail "$1 is not set, and there is no terminal to ask. $2"
        printf '%s ' "$2"
        read -r answer
    done
    eval "$1=\$answer"
}

ask_questions() {
    if [ -e "$settings" ]; then
        DOMAIN=$(setting SITE_URL | sed 's#.*://##')
        OWNER_EMAIL=${OWNER_EMAIL:-$(sed -n 's/^# The first owner: //p' "$settings")}
        OWNER_EMAIL=${OWNER_EMAIL:-$(sed -n 's/^Contact: mailto://p' "$nginx/local/security.txt" 2>/dev/null || true)}
        say "$settings is kept as it is: $DOMAIN"
    else
        ask EMAIL_URL "The mail server (smtp+tls://USER:PASSWORD@HOST:587)?"
    fi
    ask DOMAIN "The domain of the site (such as www.example.org)?"
    ask OWNER_EMAIL "The first owner's email address, for signing in?"
    case $DOMAIN in *[!a-z0-9.-]* | -* | .*) fail "DOMAIN must be a bare name in lower case, such as www.example.org" ;; esac
    echo "$OWNER_EMAIL" | grep -qx '[A-Za-z0-9._+-]*@[A-Za-z0-9-]*[.][A-Za-z0-9.-]*' || fail "OWNER_EMAIL is not an email address."
    names=$(wanted_names)
}

# Every name that nginx answers and the certificate has. With www. the name without it leads there too; afterwards
# ALLOWED_HOSTS says, but for addresses and names of the machine itself, which nobody signs.
wanted_names() {
    if [ -e "$settings" ]; then
        { echo "$DOMAIN" && setting ALLOWED_HOSTS | tr ',' '\n' | tr -d ' "'"'"; } |
            grep -Ex '([a-z0-9-]+[.])+[a-z][a-z0-9-]*' | awk '!seen[$0]++' | paste -sd ' ' -
    else
        [ "$DOMAIN" = "${DOMAIN#www.}" ] && echo "$DOMAIN" || echo "$DOMAIN ${DOMAIN#www.}"
    fi
}

install_packages() {
    begin "Installing packages of Debian"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        adduser ca-certificates certbot curl git make nginx openssl postgresql procps python3 python3-venv >/dev/null
}

# From a checkout that may be somebody else's: that git may read it must stand in a file, since the git that reads it
# for a clone gets no options.
clone_site() {
    trust=$(mktemp)
    printf '[safe]\n\tdirectory = *\n' >"$trust"
    GIT_CONFIG_GLOBAL=$trust git clone --quiet --no-hardlinks "$source" "$site.new"
    origin=$(GIT_CONFIG_GLOBAL=$trust git -C "$source" remote get-url origin 2>/dev/null || true)
    [ -z "$origin" ] || git -C "$site.new" remote set-url origin "$origin"
    rm "$trust"
    mv "$site.new" "$site"
}

make_user_and_checkout() {
    begin "User vtc, and the site in $site"
    id vtc >/dev/null 2>&1 || adduser --quiet --system --group --home /srv/vtc vtc
    chown vtc:vtc /srv/vtc # it may have been there, and upgrade prepares beside the site
    chmod 755 /srv/vtc
    [ -e "$site" ] || clone_site
    chown -R vtc:vtc "$site"
    install -d -o vtc -g vtc -m 700 /var/backups/vtc "$site/var"
    install -m 755 "$site/docs/deploy/as-vtc" /usr/local/sbin/as-vtc
}

as_postgres() { (cd / && runuser -u postgres -- "$@"); }

make_database() {
    if [ -e "$settings" ] && ! setting DATABASE_URL | grep -qE '@(127[.]0[.]0[.]1|localhost|)(:[0-9]*)?/'; then
        say "The database is on another machine"
        return
    fi
    begin "Database vtc"
    has_systemd || service postgresql start
    as_postgres psql -qtAc "SELECT 1 FROM pg_roles WHERE rolname = 'vtc'" | grep -q 1 || as_postgres createuser vtc
    as_postgres psql -qtAc "SELECT 1 FROM pg_database WHERE datname = 'vtc'" | grep -q 1 ||
        as_postgres createdb --owner vtc --encoding UTF8 --template template0 vtc
    # A statement that fails holds what somebody wrote: it never gets into PostgreSQL's log.
    as_postgres psql -q -c "ALTER ROLE vtc SET log_min_error_statement = 'panic'" \
        -c "ALTER ROLE vtc SET log_statement = 'none'" -c "ALTER ROLE vtc SET log_min_duration_statement = -1" \
        -c "ALTER ROLE vtc SET log_parameter_max_length_on_error = 0" -c "ALTER ROLE vtc SET track_activities = off" \
        -c "ALTER ROLE vtc SET log_error_verbosity = 'terse'"
}

write_settings() {
    [ ! -e "$settings" ] || return 0
    begin "Settings with fresh keys in $settings"
    password=$(openssl rand -hex 24)
    echo "ALTER ROLE vtc PASSWORD '$password'" | as_postgres psql -q
    (umask 077 && cat >"$settings.new") <<END
# Every setting is explained in $site/.env.example. After a change: systemctl restart vtc
# The first owner: $OWNER_EMAIL
SITE_URL=https://$DOMAIN
ALLOWED_HOSTS=$(echo "$names" | tr ' ' ,)
SECRET_KEY=$(openssl rand -hex 40)
FIELD_ENCRYPTION_KEYS=$(openssl rand -base64 32 | tr '+/' '-_')
DATABASE_URL=postgres://vtc:$password@127.0.0.1:5432/vtc
EMAIL_URL=$EMAIL_URL
DEFAULT_FROM_EMAIL=website@${DOMAIN#www.}
END
    mv "$settings.new" "$settings"
}

prepare() {
    begin "Packages of Python, database and stylesheets; the first time takes a few minutes"
    as-vtc make --no-print-directory prepare
}

install_units() {
    begin "Service, backups, copies for the proxy"
    cp "$site"/docs/deploy/systemd/*.service "$site"/docs/deploy/systemd/*.timer /etc/systemd/system/
    install -D -m 644 "$site/docs/deploy/systemd/60-vtc.conf" /etc/sysctl.d/60-vtc.conf
    has_systemd || { say "systemd is not running here, so nothing was started" && return; }
    sysctl -q -p /etc/sysctl.d/60-vtc.conf || true
    systemctl daemon-reload
    systemctl enable --quiet vtc.service
    systemctl reload-or-restart vtc.service || fail "The site does not start: journalctl -u vtc -n 30 says why."
}

# Last: copies of pages are due at once, and ask nginx.
start_timers() { ! has_systemd || systemctl enable --quiet --now vtc-backup.timer vtc-pages.timer; }

# Whether nginx answers every name, each as a word of its own.
has_every_name() {
    for name in $names; do
        tr ';' ' ' <"$nginx/local/names.conf" | grep -qE "(^| )$(echo "$name" | sed 's/[.]/[.]/g')( |\$)" || return 1
    done
}

# SITE_URL or ALLOWED_HOSTS is another one than nginx knows: nobody would reach the site, and /healthz/ be green.
follow_new_names() {
    [ -e "$nginx/local/names.conf" ] && ! has_every_name || return 0
    say "nginx now answers $names; what was there before lies beside, as names.conf.before"
    mv "$nginx/local/names.conf" "$nginx/local/names.conf.before"
    sed -i "s#^Canonical: .*#Canonical: https://$DOMAIN/.well-known/security.txt#" "$nginx/local/security.txt"
}

write_proxy_settings() {
    install -d "$nginx/local" "$nginx/pages"
    for log in /var/log/nginx/virtual-treatment-center.log /var/log/nginx/virtual-treatment-center-errors.log; do
        touch "$log" && chown www-data:adm "$log" && chmod 640 "$log" # nginx lets everybody read a new one
    done
    [ -e "$nginx/local/upstream.conf" ] || cp "$site/docs/deploy/nginx/vtc/local/upstream.conf" "$nginx/local/"
    follow_new_names
    [ -e "$nginx/local/names.conf" ] || echo "server_name $names;" >"$nginx/local/names.conf"
    [ -e "$nginx/local/certificate.conf" ] || write_certificate_settings
    [ -e "$nginx/local/security.txt" ] ||
        printf 'Contact: mailto:%s\nExpires: \nCanonical: https://%s/.well-known/security.txt\n' \
            "$OWNER_EMAIL" "$DOMAIN" >"$nginx/local/security.txt"
    sed -i "s/^Expires:.*/Expires: $(date -u -d '+1 year' +%Y-%m-%dT00:00:00Z)/" "$nginx/local/security.txt"
}

write_certificate_settings() {
    live=/etc/letsencrypt/live/$DOMAIN
    printf 'ssl_certificate %s;\nssl_certificate_key %s;\n' "$live/fullchain.pem" "$live/privkey.pem" \
        >"$nginx/local/certificate.conf"
}

certificate_file() { sed -n 's/^ssl_certificate \(.*\);/\1/p' "$nginx/local/certificate.conf"; }

# nginx starts only with a certificate, and certbot needs nginx: one that nobody signed comes first.
make_first_certificate() {
    [ ! -e "$(certificate_file)" ] || return 0
    say "A self-signed certificate until there is a real one"
    install -d "$nginx/local/own"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$DOMAIN" \
        -keyout "$nginx/local/own/privkey.pem" -out "$nginx/local/own/fullchain.pem" 2>/dev/null
    chmod 600 "$nginx/local/own/privkey.pem"
    sed -i "s#/etc/letsencrypt/live/$DOMAIN/#$nginx/local/own/#" "$nginx/local/certificate.conf"
}

install_proxy() {
    begin "nginx"
    write_proxy_settings
    cp -r "$site"/docs/deploy/nginx/vtc/*.conf "$site/docs/deploy/nginx/vtc/real-ip" "$nginx/"
    cp "$site"/docs/deploy/*.html "$nginx/pages/"
    make_first_certificate
    rm -f /etc/nginx/sites-enabled/default # of Debian; ours answers unknown names
    cp "$site/docs/deploy/nginx/vtc.conf" /etc/nginx/conf.d/vtc.conf
    # A balancer that passes TCP on says who asks in a line before it: several-hosts.md.
    if grep -qs '^real_ip_header proxy_protocol' "$nginx"/local/real-ip*.conf; then
        sed -i 's/^\( *listen .*\);/\1 proxy_protocol;/' /etc/nginx/conf.d/vtc.conf
    fi
    nginx -q -t || fail "nginx rejects its configuration: the lines above say why."
    if has_systemd; then systemctl reload-or-restart nginx; else nginx -s reload 2>/dev/null || nginx; fi
}

covers_every_name() {
    for name in $names; do
        openssl x509 -in "$(certificate_file)" -noout -checkhost "$name" 2>&1 | grep -q 'does match' || return 1
    done
}

# One of our own making is replaced, and one of Let's Encrypt that lacks a name: it serves until there is a new one.
get_certificate() {
    case $(certificate_file) in
        "$nginx"/local/own/*) ;;
        *) ! covers_every_name || return 0 ;;
    esac
    case $(certificate_file) in
        "$nginx"/local/own/* | /etc/letsencrypt/*) ;;
        *) say "Your certificate in $nginx/local/certificate.conf lacks a name of: $names" && return ;;
    esac
    begin "A real certificate from Let's Encrypt"
    # shellcheck disable=SC2046,SC2086 # a name each
    if certbot certonly --quiet --non-interactive --agree-tos --email "$OWNER_EMAIL" --cert-name "$DOMAIN" \
        --renew-with-new-domains --webroot --webroot-path /var/www/html --deploy-hook "nginx -s reload" \
        $(printf -- '-d %s ' $names); then
        write_certificate_settings
        nginx -s reload
    else
        say "There is none yet for these names, so browsers warn. When $names point to this machine, run this script again."
    fi
}

# A reload keeps the settings that the service began with: only a restart reads a file that was changed since.
has_new_settings() {
    began=$(systemctl show --timestamp=unix -P ExecMainStartTimestamp vtc)
    [ "$(stat -c %Z "$settings")" -ge "${began#@}" ]
}

domain_in_service() {
    { tr '\0' '\n' <"/proc/$(systemctl show -P MainPID vtc)/environ" | sed -n 's#^SITE_URL=.*://##p'; } 2>/dev/null
}

# Under a new domain all other names lead to it, and browsers remember it: it has to answer before.
restart_for_new_settings() {
    has_systemd && has_new_settings || return 0
    before=$(domain_in_service)
    if [ "${before:-$DOMAIN}" = "$DOMAIN" ] || covers_every_name; then
        begin "The settings were changed since the site was started: it is restarted"
        systemctl restart vtc
    else
        say "The site goes on under its old name. When the certificate has every name, run this script again."
    fi
}

make_owner() {
    begin "The first owner"
    as-vtc .venv/bin/python manage.py add_staff "$OWNER_EMAIL" --role owner --first
}

look() {
    begin "What is left to do"
    if as-vtc .venv/bin/python manage.py help doctor >/dev/null 2>&1; then
        as-vtc .venv/bin/python manage.py doctor || true
    else
        as-vtc .venv/bin/python manage.py check --deploy --database default || true
    fi
    say "Keep a copy of FIELD_ENCRYPTION_KEYS from $settings away from this machine: without it no message can be read."
}

trap tell_the_end EXIT
check_machine
ask_questions
install_packages
make_user_and_checkout
make_database
write_settings
prepare
make_owner
install_units
install_proxy
get_certificate
restart_for_new_settings
start_timers
look
