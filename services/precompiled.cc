// Nothing of its own: gives precompiled.h a target to be compiled for.
