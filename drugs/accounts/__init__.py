"""Who may enter the desk: sessions, passwords, second factor, roles."""
