// What every answer about treaties and ties says of itself.
#pragma once

namespace dossier {

inline constexpr char kTiesNotice[] =
    "As sources reported it, each by itself: sources are never added, and what is not reported "
    "here may exist.";

}  // namespace dossier
