#include "command/new_words.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const struct new_words english = {
	.head = "# A playbook: what an agent can say in one kind of call. What stands behind a # "
		"is a note to\n"
		"# yourself. Change the words; talktrack edit checks them before any agent sees "
		"them.\n"
		"# The whole format: man talktrack-playbook\n",
	.version = "the version of the format",
	.summary = "Say here in a sentence what it is for.",
	.owner = "Who answers for its words",
	.review = "from then on `talktrack check` reminds you to read it",
	.manners = "status: draft  # then active; retired: agents do not see it any more\n",
	.base = "# What it shares with others: slots, steps, lines for any call. They stand in "
		"common.yaml.\n"
		"extends: common\n",
	.own_base =
		"# What differs from call to call. The agent fills it in once, and every line uses "
		"it.\n"
		"slots:\n"
		"  customer: {ask: Customer's name}\n"
		"  # reflect: the customer's own words, to be turned round; or: what to say while "
		"it is empty\n"
		"  issue: {ask: What went wrong, reflect: true, or: something has gone wrong}\n"
		"\n"
		"# The panels, in order. `after`: feelings first, then the fix.\n"
		"steps:\n"
		"  - {id: reflect, title: Reflect, hint: Say back what you heard}\n"
		"  - {id: validate, title: Validate, hint: Say why it makes sense}\n"
		"  - {id: empathize, title: Empathize, hint: Guess the feeling and ask}\n"
		"  - {id: resolve, title: Make it right, after: [reflect, validate, empathize]}\n"
		"  - {id: close, title: Close}\n"
		"\n"
		"# How \"my parcel\" becomes \"your parcel\".\n"
		"reflection:\n"
		"  swap: {I: you, me: you, my: your, we: you, our: your, I am: you are, I was: you "
		"were}\n",
	.id = "its name in the journal: never change it",
	.title = "what the agent picks it by",
	.goal = "What the call should come to, in a sentence",
	.heard = "how customers sound; the more of them, the better it is found",
	.heard_before = "I am calling about ",
	.heard_behind = "",
	.lines = "    # Lines to say, by step. The agent sees the first, and the others with a "
		 "key.\n"
		 "    say:\n"
		 "      reflect:\n"
		 "        # <issue> is a slot: the agent's screen shows the customer's words "
		 "there.\n"
		 "        - I want to be sure I have it. What I heard is that <issue>. Is that the "
		 "whole of "
		 "it?\n"
		 "      validate:\n"
		 "        - Anyone who had planned around it would be put out.\n"
		 "      empathize:\n"
		 "        - I wonder if it has been on your mind all day. Has it?\n"
		 "      resolve:\n"
		 "        # A text with a colon or a # in it goes in quotes.\n"
		 "        - \"Let us do this: I look now, and you hear what I find.\"\n"
		 "      close:\n"
		 "        - I'm glad you told me, <customer>.\n"
		 "    do:  # not to be said\n"
		 "      - Look it up while you listen\n"
		 "    avoid:\n"
		 "      - {phrase: as you should know, instead: \"The short of it is this.\"}\n"
		 "    not-when: The customer only wants to tell us something good\n"
		 "\n"
		 "  # The next one begins like this:\n"
		 "  # - id: another-id\n"
		 "  #   title: Another one\n",
};

static const struct new_words bengali = {
	.head = "# প্লেবুক: এক ধরনের কলে এজেন্ট কী কী বলতে পারেন। # চিহ্নের পরে যা আছে সেটা নিজের জন্য "
		"নোট।\n"
		"# কথাগুলো নিজের মতো বদলে নিন; কোনো এজেন্ট দেখার আগে talktrack edit সেগুলো পরীক্ষা "
		"করে।\n"
		"# পুরো নিয়ম: man talktrack-playbook\n",
	.version = "নিয়মের সংস্করণ",
	.summary = "এটা কীসের জন্য, এক বাক্যে লিখুন।",
	.owner = "কথাগুলোর দায়িত্ব যাঁর",
	.review = "এই দিনের পর থেকে `talktrack check` আবার পড়তে মনে করাবে",
	.manners = "status: draft  # খসড়া; তৈরি হলে active; retired মানে এজেন্টরা আর দেখেন না\n",
	.base = "# অন্য প্লেবুকের সাথে যা এক: স্লট, ধাপ, যেকোনো কলের লাইন। সব common.yaml-এ আছে।\n"
		"extends: common\n",
	.own_base = "# যা একেক কলে একেক রকম। এজেন্ট একবার ভরেন, তারপর সব লাইনে বসে।\n"
		    "slots:\n"
		    "  customer: {ask: গ্রাহকের নাম}\n"
		    "  # reflect: গ্রাহকের নিজের কথা, আমাদের মুখে ঘুরিয়ে বলা হবে; or: খালি থাকলে যা "
		    "বলা হবে\n"
		    "  issue: {ask: কী হয়েছে, reflect: true, or: কিছু একটা ঠিকমতো হয়নি}\n"
		    "\n"
		    "# প্যানেলগুলো, পরপর। `after`: আগে মন, তারপর সমাধান।\n"
		    "steps:\n"
		    "  - {id: reflect, title: ফিরিয়ে বলা, hint: যা শুনলেন আবার বলুন}\n"
		    "  - {id: validate, title: স্বীকৃতি, hint: কেন এটা স্বাভাবিক বলুন}\n"
		    "  - {id: empathize, title: সহমর্মিতা, hint: মনের অবস্থা আন্দাজ করে জেনে নিন}\n"
		    "  - {id: resolve, title: সমাধান, after: [reflect, validate, empathize]}\n"
		    "  - {id: close, title: বিদায়}\n"
		    "\n"
		    "# \"আমার পার্সেল\" কীভাবে \"আপনার পার্সেল\" হয়।\n"
		    "reflection:\n"
		    "  swap: {আমি: আপনি, আমার: আপনার, আমাকে: আপনাকে, আমরা: আপনারা, আমাদের: "
		    "আপনাদের, পাইনি: পাননি, "
		    "করেছি: করেছেন}\n",
	.id = "জার্নালে এর নাম: কখনো বদলাবেন না",
	.title = "এজেন্ট যেটা দেখে বেছে নেন",
	.goal = "কলটা কোথায় গিয়ে দাঁড়াবে, এক বাক্যে",
	.heard = "গ্রাহক যেভাবে বলেন; যত বেশি লিখবেন, তত ভালো খুঁজে পাবে",
	.heard_before = "",
	.heard_behind = " নিয়ে ফোন করেছি",
	.lines = "    # যা বলবেন, ধাপে ধাপে। এজেন্ট প্রথমটা দেখেন, বাকিগুলো একটা চাবি চাপলে।\n"
		 "    say:\n"
		 "      reflect:\n"
		 "        # <issue> একটা স্লট: এজেন্টের পর্দায় এখানে গ্রাহকের কথাটা বসে।\n"
		 "        - ঠিকমতো বুঝলাম কি না মিলিয়ে নিই। যা শুনলাম, <issue>। এটুকুই তো?\n"
		 "      validate:\n"
		 "        - এটা ধরে দিন সাজিয়ে রাখলে যে কারও খারাপ লাগত।\n"
		 "      empathize:\n"
		 "        - সারাদিন হয়তো এটাই মাথায় ঘুরছে। তাই কি?\n"
		 "      resolve:\n"
		 "        # লেখার ভেতরে কোলন বা # থাকলে পুরোটা উদ্ধৃতি চিহ্নের ভেতরে দিন।\n"
		 "        - \"একটা কাজ করি: আমি এখনই দেখছি, যা পাই সাথে সাথে বলছি।\"\n"
		 "      close:\n"
		 "        - আমাকে বলেছেন, <customer>, আমি খুশি।\n"
		 "    do:  # বলার জন্য নয়\n"
		 "      - শুনতে শুনতেই খুঁজে দেখুন\n"
		 "    avoid:\n"
		 "      - {phrase: আপনার তো জানার কথা, instead: \"সোজা কথায়, ব্যাপারটা এই।\"}\n"
		 "    not-when: গ্রাহক শুধু একটা ভালো খবর দিতে চান\n"
		 "\n"
		 "  # পরেরটা এভাবে শুরু হবে:\n"
		 "  # - id: another-id\n"
		 "  #   title: আরেকটা\n",
};

static const struct new_words esperanto = {
	.head = "# Gvidlibro: kion oni povas diri en unu speco de voko. Kio staras post #, tio "
		"estas "
		"noto por vi mem.\n"
		"# Ŝanĝu la vortojn; talktrack edit kontrolas ilin, antaŭ ol iu vidas ilin dum "
		"voko.\n"
		"# Ĉiuj reguloj: man talktrack-playbook\n",
	.version = "la versio de la formato",
	.summary = "Diru ĉi tie per unu frazo, por kio ĝi estas.",
	.owner = "Kiu respondas pri ĝiaj vortoj",
	.review = "ekde tiam `talktrack check` memorigas vin relegi ĝin",
	.manners = "status: draft  # poste active; retired: oni ne plu vidas ĝin dum vokoj\n",
	.base = "# Kion ĝi havas komune kun aliaj: kampoj, paŝoj, frazoj por ĉiu voko. Ili staras "
		"en "
		"common.yaml.\n"
		"extends: common\n",
	.own_base =
		"# Kio diferencas de voko al voko. Oni plenigas ĝin unufoje, kaj ĉiu frazo uzas "
		"ĝin.\n"
		"slots:\n"
		"  customer: {ask: Nomo de la kliento}\n"
		"  # reflect: la propraj vortoj de la kliento, respegulataj; or: kion diri, dum ĝi "
		"malplenas\n"
		"  issue: {ask: Kio misiris, reflect: true, or: io misiris}\n"
		"\n"
		"# La paneloj, laŭorde. `after`: unue la sentoj, poste la solvo.\n"
		"steps:\n"
		"  - {id: reflect, title: Respeguli, hint: Rediru la aŭditon}\n"
		"  - {id: validate, title: Agnoski, hint: \"Diru, kial tio havas sencon\"}\n"
		"  - {id: empathize, title: Kunsenti, hint: Divenu la senton kaj demandu}\n"
		"  - {id: resolve, title: Rebonigi, after: [reflect, validate, empathize]}\n"
		"  - {id: close, title: Adiaŭi}\n"
		"\n"
		"# Kiel \"mia pakaĵo\" iĝas \"via pakaĵo\".\n"
		"reflection:\n"
		"  swap: {mi: vi, min: vin, mia: via, mian: vian, ni: vi, nin: vin, nia: via, "
		"nian: "
		"vian}\n",
	.id = "ĝia nomo en la taglibro: neniam ŝanĝu ĝin",
	.title = "laŭ kio oni elektas ĝin",
	.goal = "Al kio la voko konduku, per unu frazo",
	.heard = "kiel klientoj parolas; ju pli da ili, des pli facile ĝi troviĝas",
	.heard_before = "mi telefonas pri ",
	.heard_behind = "",
	.lines =
		"    # Frazoj laŭ paŝoj. Oni vidas la unuan, kaj la aliajn per unu klavo.\n"
		"    say:\n"
		"      reflect:\n"
		"        # <issue> estas kampo: sur la ekrano tie staras la vortoj de la kliento.\n"
		"        - Mi volas esti certa, ke mi komprenis. Mi aŭdis, ke <issue>. Ĉu tio "
		"estas "
		"la tuto?\n"
		"      validate:\n"
		"        - Tio ĝenus ĉiun, kiu planis laŭ ĝi.\n"
		"      empathize:\n"
		"        - Mi demandas min, ĉu vi pensis pri tio la tutan tagon. Ĉu?\n"
		"      resolve:\n"
		"        # Teksto kun dupunkto aŭ # staru inter citiloj.\n"
		"        - \"Ni faru jene: mi rigardos nun, kaj vi tuj aŭdos, kion mi trovas.\"\n"
		"      close:\n"
		"        - Mi ĝojas, ke vi diris tion al mi, <customer>.\n"
		"    do:  # ne por diri\n"
		"      - Serĉu, dum vi aŭskultas\n"
		"    avoid:\n"
		"      - {phrase: kiel vi devus scii, instead: \"Mallonge, estas jene.\"}\n"
		"    not-when: La kliento volas nur rakonti ion bonan\n"
		"\n"
		"  # La sekva komenciĝas tiel:\n"
		"  # - id: another-id\n"
		"  #   title: Alia\n",
};

static bool speaks(const char *language, const char *code)
{
	size_t length = strlen(code);

	return strncmp(language, code, length) == 0 &&
	       (language[length] == '\0' || language[length] == '-');
}

const struct new_words *new_words(const char *language)
{
	if (speaks(language, "bn"))
		return &bengali;
	return speaks(language, "eo") ? &esperanto : &english;
}
