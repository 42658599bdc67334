"""Parts that several pages share: presenter base, setting editors, passphrase fields, units."""
