//! Business ids per vendor, and one reader for every spelling of the configuration files that carry them.
