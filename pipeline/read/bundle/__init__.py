"""Pages of one form that came as separate files, put together: what a bundle looks like as bytes (`packing`), and its reader (`reader`)."""
