#include "services/model/designation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dossier {
namespace {

struct Names {
  const char* one;
  const char* other;
};

TEST(DesignationTest, ANameIsOneInAllItsForms) {
  for (const Names& names : std::initializer_list<Names>{
           {"M-60A3", "M-60A3 Patton-2"},                   // a nickname went
           {"C-47", "C-47 Skytrain"},                       // the layout has none
           {"R-2", "R-2 Baryer"},                           // a nickname came
           {"AH-64D Apache", "AH-64D Apache Longbow"},      //
           {"SH-2G", "SH-2G Super Seasprite"},              // two words
           {"AH-1W", "AH-1W SuperCobra"},                   // two capitals in one
           {"JF-17 Thunder", "JF-17 Thunder/FC-1"},         // a second name behind the nickname
           {"BM-22 Uragan", "BM-22/9P140 Uragan"},          // and before it
           {"Project-10412", "Project-10412/Svetlyak"},     // a second name that is a nickname
           {"Frankenthal", "Frankenthal/Type-332"},         // or follows a name
           {"F-4K Phantom-2", "F-4K/M Phantom-2"},          // two versions in one
           {"M-2084", "EL/M-2084"},                         // the maker's prefix
           {"Viper", "Viper (1200)"},                       // the power of an engine
           {"ship engine", "ship engine 4001-6000"},        //
           {"AWS-9", "AWS-9 "},                             // blanks
           {"Type-69-IIG", "Type-69-2G"},                   // the table
           {"Bell-205/UH-1H", "Bell-205A-1"},               //
           {"UH-1H", "Bell-205/UH-1H"},                     //
           {"4k40 Rubezh", "4K51 Rubezh"},                  //
           {"Luna/FROG", "2P16 Luna"},                      //
           {"DRPT-5 RASIT", "DRPT-5 Rasit"},                // case in a nickname
           {"Raybolt", "AT-1K Raybolt"},                    //
           {"PC-7 -", "PC-7 Turbo Trainer"},                // the layout's mark of what it left out
           {"S-38 G\xc3\xa4vle", "S-38 Gavle"},             // a nickname with an accent
           {"\xc3\x89tendard", "Etendard"},                 // accents in a name
       }) {
    EXPECT_EQ(DesignationStem(names.one), DesignationStem(names.other))
        << names.one << " and " << names.other;
  }
}

TEST(DesignationTest, DifferentWeaponsStayApart) {
  for (const Names& names : std::initializer_list<Names>{
           {"S-200", "S-200 Angara"},                    // the missile and its system
           {"AGM-114 Hellfire", "AGM-114 Hellfire-2"},   //
           {"R-550 Magic-1", "R-550 Magic-2"},           //
           {"PC-6 Porter", "PC-6 Turbo Porter"},         //
           {"M-48 Patton", "M-48 Chaparral"},            // one number, two weapons
           {"M-48", "M-48 Patton"},                      //
           {"MIM-104 PAC-2", "MIM-104 PAC-3"},           // what behind a model has capitals only
           {"LY-80", "LY-80 SAMS"},                      //
           {"Barak-1", "Barak-1 VLS"},                   //
           {"E-2C Hawkeye", "E-2C Hawkeye-2000"},        // a nickname with a number
           {"F-16C", "F-16C Block-50/52"},               // variants
           {"River Batch-1", "River Batch-2"},           //
           {"SAK-70 Mk-1 57mm", "SAK-70 Mk-2 57mm"},     //
           {"AV-8B Harrier-2", "AV-8B Harrier-2 Plus"},  //
           {"Type-209/1200", "Type-209/1400"},           // numbers behind a slash
           {"AMX-13/75", "AMX-13/90"},                   //
           {"OF-40 Mk-2", "OF-40/ARV"},                  // a role behind a slash
           {"HY-2/SY-1A", "HY-2 CDS"},                   //
           {"Compact 76mm", "Super Rapid 76mm"},         // a measure is no model
           {"Type-63 107mm", "Type-63 130mm"},           //
           {"Patria 6x6", "Pinzgauer 6x6"},              //
           {"Gearing FRAM-2", "Sumner FRAM-2"},          //
           {"Sea King HAS-1", "Wessex HAS-1"},           // what stands before the model
           {"T-6 Texan", "T-6 Texan-2"},                 // the table
           {"Storm Shadow", "Storm"},                    // nicknames alone
           {"aircraft engine", "ship engine"},           //
           {"Bell-205A", "Bell-205A-1"},                 //
       }) {
    EXPECT_NE(DesignationStem(names.one), DesignationStem(names.other))
        << names.one << " and " << names.other;
  }
}

TEST(DesignationTest, TheStemIsShortAndPlain) {
  EXPECT_EQ(DesignationStem("Su-35S"), "su35s");
  EXPECT_EQ(DesignationStem("M-60A3 Patton-2"), "m60a3");
  EXPECT_EQ(DesignationStem("Navajo"), "navajo");
  EXPECT_EQ(DesignationStem("M-1117 Guardian"), "m1117");
  EXPECT_EQ(DesignationStem("3K37"), "shtil");       // the first and the last
  EXPECT_EQ(DesignationStem("Zubov/Type-850"), "type850");  // of the table
}

TEST(DesignationTest, WhereNothingIsLeftTheStemStillTellsApart) {
  EXPECT_EQ(DesignationStem(""), "-");
  EXPECT_EQ(DesignationStem(" - / ( ) "), "-");
  const std::string tank = DesignationStem("\xd1\x82\xd0\xb0\xd0\xbd\xd0\xba");
  const std::string ship = DesignationStem("\xd1\x81\xd1\x83\xd0\xb4\xd0\xbd\xd0\xbe");
  EXPECT_EQ(tank.size(), 16u);
  EXPECT_NE(tank, ship);
  EXPECT_EQ(DesignationStem("(1250)"), "1250");
  EXPECT_EQ(DesignationStem("EL/-"), "el");
}

TEST(DesignationTest, ALongNameIsCutAndStillItself) {
  const std::string name(200, 'a');
  const std::string stem = DesignationStem(name);
  EXPECT_EQ(stem.size(), 64u);
  EXPECT_NE(stem, DesignationStem(name + "b"));
  EXPECT_EQ(DesignationStem(std::string(64, 'a')), std::string(64, 'a'));
}

TEST(DesignationTest, WhatIsFiredOrDroppedIsAMunition) {
  for (const char* munition :
       {"SAM", "portable SAM", "SSM", "one-way attack drone", "loitering munition", "guided bomb",
        "anti-tank missile/ASM", "air-to-surface missile", "ABM missile", "SLBM",
        "submarine-launched ballistic missile", "guided rocket/SSM", "ASW torpedo"}) {
    EXPECT_TRUE(IsMunition(munition)) << munition;
  }
  for (const char* other :
       {"SAM system", "mobile SAM system", "SSM launcher", "SSM TEL", "missile boat", "FAC",
        "multiple rocket launcher", "SAM system radar", "bomber aircraft", "UAV", "armed UAV",
        "tank", "torpedo boat", "AA gun/SAM system", "minehunter", ""}) {
    EXPECT_FALSE(IsMunition(other)) << other;
  }
}

RC_GTEST_PROP(DesignationTest, AnyBytesGiveAStemOfLettersAndDigits, (const std::string& printed)) {
  const std::string stem = DesignationStem(printed);
  RC_ASSERT(!stem.empty() && stem.size() <= 64u);
  RC_ASSERT(stem == "-" || stem.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") ==
                               std::string::npos);
}

RC_GTEST_PROP(DesignationTest, CaseOfAModelAndWhatStandsBetweenNeverCount, ()) {
  const auto number = *rc::gen::inRange(1, 10000);
  const std::string digits = std::to_string(number);
  RC_ASSERT(DesignationStem("XQ-" + digits) == DesignationStem("xq" + digits));
  RC_ASSERT(DesignationStem("XQ-" + digits) == DesignationStem(" xq." + digits + " "));
}

}  // namespace
}  // namespace dossier
