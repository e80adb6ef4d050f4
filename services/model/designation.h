// When two printed designations of a weapon are one.
//
// SIPRI prints one weapon differently in different editions and layouts: "M-60A3 Patton-2" became
// "M-60A3", "Bell-205/UH-1H" became "Bell-205A-1", and exports with deal numbers leave nicknames
// out. The stem is what stays. A record's key has it where a layout has no deal numbers
// (sipri_register_keys.h), and layouts are put side by side by it.
//
// The rule, in turn:
// 1. Case, accents and all but letters and digits never count.
// 2. A designation in the table of renamings (designation.cc) has the stem given there: what became
//    of it is a fact, and no rule leads to it ("VAP" is "PVP" since 2025).
// 3. One in the table of those told apart stays whole: its nickname or second name tells it from
//    another weapon that the same edition prints ("S-200 Angara", a system, and "S-200", its
//    missile).
// 4. Else, once a model was named (a letter and a digit: "M-60A3"), nicknames behind it are left
//    out (words with capital first letters, with a digit behind them or not: "Patton-2"), and so
//    are second names behind a slash ("JF-17 Thunder/FC-1", "Frankenthal/Type-332"). What tells a
//    variant stays: "Mk-2", "Block-1A", "Batch-2", "76mm", "turret", "AEW", "/1400".
// 5. So is the power of an engine ("(1250)", "engine 4001-6000"), and "EL/" before Elta's radars.
//
// What it is worth: the editions of 2024-03-18, 2025-03-13 and 2025-10-23 print some 4,270 names
// (letters and digits). 26 pairs of those that one edition prints side by side share a stem, and in
// 7 groups of deals of the same parties and order year two such names stand: there their rank alone
// tells the deals apart. Of the rows of 2024 that can be tied to a deal number of the 17-column
// layout, 84 % have its stem (65 % its letters and digits). How well deals are matched between
// editions: sipri_register_keys.h.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

// Lower-case ASCII letters and digits alone; never empty, "-" where the text has neither letter nor
// digit (of a script without Latin letters: 16 digits of the folded text's SHA-256). At most 64
// bytes, the last 16 of them such digits where it was longer. Equal for designations that are taken
// as one.
std::string DesignationStem(std::string_view printed);

// Whether a description is that of what is fired or dropped: a missile, guided rocket, torpedo,
// bomb or attack drone; not of what carries, launches or guides it. SIPRI prints a missile and its
// system under one designation ("HQ-2": "SAM" and "SAM system"), side by side in one edition, or
// each in its own where editions select by category. The abbreviations of before 2025 ("ASM") and
// the words since then ("air-to-surface missile") are told alike.
bool IsMunition(std::string_view description);

}  // namespace dossier
