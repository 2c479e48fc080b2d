"""psycopg and PyMySQL: the faster implementation, and what a connection needs."""

import contextlib

import psycopg
import pymysql
from psycopg import sql

sql.SQL("x").as_string(None)
with contextlib.suppress(psycopg.Error):
    psycopg.connect("host=127.0.0.1 port=9 connect_timeout=1")
with contextlib.suppress(pymysql.Error):
    pymysql.connect(host="127.0.0.1", port=9)
