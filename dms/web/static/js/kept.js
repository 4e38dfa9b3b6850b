// Pages of what is kept for searching: saved searches, synonyms, corrections. Their questions open as dialogs.

import { wireDialogs } from "./dialogs.js";

wireDialogs();
