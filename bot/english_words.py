"""English words that the keys of a Vietnamese syllable spell as well.

Of the nine thousand most frequent English words those that Telex reads as a syllable, "room" as
"rôm" and "sure" as "suẻ". In a Vietnamese sentence they are left as typed, unless other words of
it show that its keys were not read.
"""

_TEXT = """
af air ans ar arm as barn bee beef been beer bees best bets bias bits boats boo boom boost boot
boots bore born bow burn bury bust busy buys caps car cast cats chair chaos charm cheer
chest chips choir chose chosen coast cops corn cost cow cows cups cure cuts dawn days deep
deer def does door dose down downs dust er es ex gaps goes guns guys hair harm has her hero
his hits horn host how if is its keen keep keeps last lawn lens lets liar lips loans loop
lose lost lots low lungs maps max meet meets mins mix moms moon more most must nest noon nor
norm nose now nuts of or ore os own owns pair par past pays pee peer per pets poor pops porn
pose pure puts queen queens quest rats rays ref rest risen roast roof room rooms root roots
rose row rows runs says see seem seems seen sees sets sex sins sir sits six songs sons soon
sore sos sums sure teen teens tens term thats thee this those thus tits toast toes tons too tops
torn town towns trans tree trees trips troops turn ur us use vary vast
"""
ENGLISH = frozenset(_TEXT.split())
