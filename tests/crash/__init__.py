"""Every operation of the archive on its disk, counted and broken below the C library."""
