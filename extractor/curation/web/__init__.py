"""The local web application in which curators decide on proposals."""
