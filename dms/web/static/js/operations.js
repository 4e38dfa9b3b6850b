// The operations page: its one question opens properly.

import { wireDialogs } from "./dialogs.js";

wireDialogs();
