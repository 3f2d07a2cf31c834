"""File > Save and Export Notebook As > HTML makes the same page as npm run export."""

load_subconfig("jupyter_nbconvert_config.py")  # noqa: F821
