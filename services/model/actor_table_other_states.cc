// States that ended, and states and areas that ISO 3166-1 does not list.
#include "services/model/actor_table.h"

namespace dossier {
namespace {

constexpr ActorRow kRows[] = {
    {.id = "state:SUN",
     .name = "Soviet Union",
     .from = "1922-12-30",
     .to = "1991-12-25",
     .cow = "365",
     .names = "USSR|Union of Soviet Socialist Republics|former Soviet Union",
     .successors =
         "state:RUS state:ARM state:AZE state:BLR state:GEO state:KAZ state:KGZ state:MDA "
         "state:TJK state:TKM state:UKR state:UZB",
     .note = "Russia continues its legal personality and its COW number. Estonia, Latvia and "
             "Lithuania do not count themselves among its successors."},
    {.id = "state:DDR",
     .name = "East Germany",
     .from = "1949-10-07",
     .to = "1990-10-02",
     .cow = "265",
     .sipri = "East Germany (GDR)",
     .names = "GDR",
     .successors = "state:DEU",
     .note = "Joined the Federal Republic of Germany on 1990-10-03."},
    {.id = "state:YUG",
     .name = "Yugoslavia",
     .to = "1992-04-26",
     .cow = "345",
     .names = "Socialist Federal Republic of Yugoslavia|Yugoslavia (former)",
     .successors = "state:SRB state:BIH state:HRV state:MKD state:SVN",
     .note =
         "Until the Federal Republic of Yugoslavia was proclaimed on 1992-04-27, which is under "
         "Serbia here; ISO kept the code for that one until 2003. SIPRI prints it for deliveries "
         "until 1991."},
    {.id = "state:CSK",
     .name = "Czechoslovakia",
     .from = "1918-10-28",
     .to = "1992-12-31",
     .cow = "315",
     .successors = "state:CZE state:SVK"},
    {.id = "state:YAR",
     .name = "North Yemen",
     .from = "1926-09-02",
     .to = "1990-05-21",
     .cow = "678",
     .names = "Yemen, North|Mutawakkilite Kingdom of Yemen [..1962-09]|Yemen Arab Republic "
              "[1971..1990-05-21]",
     .successors = "state:YEM",
     .note = "The Mutawakkilite Kingdom until 1962, later the Yemen Arab Republic. SIPRI prints "
             "transfers of 1967 to 1969 to the republican side of the civil war apart, as \"Yemen "
             "Arab Republic (North Yemen)\"."},
    {.id = "state:YMD",
     .name = "South Yemen",
     .from = "1967-11-30",
     .to = "1990-05-21",
     .cow = "680",
     .names = "Yemen People's Republic|People's Republic of Southern Yemen [..1970-11-29]|"
              "People's Democratic Republic of Yemen [1970-11-30..1990-05-21]",
     .successors = "state:YEM"},
    {.id = "state:RVN",
     .name = "South Vietnam",
     .from = "1954-06-04",
     .to = "1975-04-30",
     .cow = "817",
     .names = "South Viet Nam|Republic of Vietnam|Republic of Viet Nam",
     .successors = "state:VNM",
     .note = "Not in ISO 3166; the id is COW's abbreviation. United with the North, formally on "
             "1976-07-02, as the Socialist Republic of Viet Nam."},
    {.id = "state:XKX",
     .name = "Kosovo",
     .from = "2008-02-17",
     .cow = "347",
     .names = "Republic of Kosovo",
     .note = "Declared independence from Serbia on 2008-02-17, which part of the members of the "
             "United Nations recognise. Not in ISO 3166; XKX is a code for users' own use. The "
             "table takes no position on its status."},
    {.id = "state:zanzibar",
     .name = "Zanzibar",
     .from = "1963-12-19",
     .to = "1964-04-26",
     .cow = "511",
     .successors = "state:TZA"},
    {.id = "state:biafra",
     .name = "Biafra",
     .from = "1967-05-30",
     .to = "1970-01-15",
     .names = "Republic of Biafra",
     .note = "Seceded from Nigeria, to which its territory returned; recognised by few states. Not "
             "in ISO 3166 nor in the COW state system."},
    {.id = "state:katanga",
     .name = "Katanga",
     .from = "1960-07-11",
     .to = "1963-01",
     .names = "State of Katanga",
     .note =
         "Seceded from the Congo (Leopoldville), to which its territory returned; recognised by "
         "no state. Not in ISO 3166 nor in the COW state system."},
    {.id = "state:northern-cyprus",
     .name = "Northern Cyprus",
     .from = "1983-11-15",
     .names = "Turkish Republic of Northern Cyprus|Cyprus (Northern)",
     .note = "Declared independence on 1983-11-15, which only Türkiye recognises. Not in ISO 3166 "
             "nor in the COW state system. The table takes no position on its status."},
    {.id = "state:yemen-arab-republic",
     .name = "Yemen Arab Republic (North Yemen)",
     .from = "1962-09",
     .to = "1970",
     .sipri = "Yemen Arab Republic",
     .note =
         "The republican side of North Yemen's civil war, to which SIPRI lists transfers of 1967 "
         "to 1969 beside, not under, \"North Yemen\"."},
    {.id = "state:libya-gnc",
     .name = "Libya GNC",
     .sipri = "Libya GNC",
     .note = "The authorities in Tripoli after 2014 (the General National Congress, then the "
             "Government of National Accord), whose transfers of 2016 to 2020 SIPRI lists under "
             "this name beside \"Libya\" in its editions of 2024."},
    {.id = "state:ANT",
     .to = "2010-10-09",
     .successors = "state:BES state:CUW state:SXM",
     .note = "Part of the Kingdom of the Netherlands; Aruba left it in 1986."},
    {.id = "state:PCI",
     .to = "1994-09-30",
     .successors = "state:FSM state:MHL state:MNP state:PLW",
     .note = "Trust territory under the United States, dissolved in steps between 1986 and 1994; "
             "ISO withdrew it in 1986."},
    {.id = "state:GEL",
     .to = "1979-07-11",
     .successors = "state:KIR state:TUV",
     .note = "British colony, divided in 1976."},
    {.id = "state:SKM", .to = "1975", .note = "A kingdom until 1975, since then a state of India."},
    {.id = "state:NTZ",
     .note =
         "Shared between Saudi Arabia and Iraq until it was divided; withdrawn from ISO 3166-1."},
    {.id = "state:PCZ",
     .to = "1979-09-30",
     .note = "Under the United States, within Panama, to which it returned."},
};

}  // namespace

std::span<const ActorRow> OtherStateRows() { return kRows; }

}  // namespace dossier
