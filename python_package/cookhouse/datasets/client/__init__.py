"""What kernels get of Cookhouse: the folder beside this file joins their path."""
