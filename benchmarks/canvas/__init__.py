"""How fast the canvas draws and how smoothly it drags, against plain ipycytoscape."""
