"""The admin of monographs: changelist, change form, preview, publishing, withdrawal and merging."""
