#include "services/model/scope.h"
