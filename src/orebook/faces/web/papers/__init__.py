"""Papers: releases as they are shown, with what was read in them and what the rules notice, in their place."""
