"""Django system checks (`manage.py check`): of settings, of what the database holds, and of the deployment."""
