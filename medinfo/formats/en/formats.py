"""Lists of the desk write a day as readers' pages do, and an hour that is not half past two at night."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
