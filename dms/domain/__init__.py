"""What is true: values and rules of the archive, standard library only."""
