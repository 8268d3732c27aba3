"""The SPARQL 1.1 Protocol over the data that are served."""
