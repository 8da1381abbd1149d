package dev.plugpull.reports.face;

import dev.plugpull.reports.Census;

/** What the template of the census reads. */
record CensusPage(Census census, String css, String policy) {}
