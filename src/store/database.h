#pragma once

// What the queries of store/ are written with.
#include "store/sql/database.h"
