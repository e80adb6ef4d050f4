// Text from outside as text that JSON and Protobuf accept.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

// The bytes with everything that is not well-formed UTF-8 (RFC 3629: no surrogates, nothing
// overlong, nothing above U+10FFFF) replaced by U+FFFD, one for each offending byte.
std::string ValidUtf8(std::string_view bytes);

}  // namespace dossier
