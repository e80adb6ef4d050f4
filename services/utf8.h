// Text from outside as text that JSON and Protobuf accept.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

// Whether the bytes are well-formed UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above
// U+10FFFF).
bool IsUtf8(std::string_view bytes);

// The bytes with everything that is not well-formed UTF-8 replaced by U+FFFD, one for each
// offending byte.
std::string ValidUtf8(std::string_view bytes);

}  // namespace dossier
