"""Prose in every covered language, written for the tests: paragraphs that no reader would take for chrome.

Eight languages have four paragraphs of one small article each, enough for a page; the others have one.
"""

from __future__ import annotations

PROSE: dict[str, tuple[str, ...]] = {
    "ar": (
        (
            "أعلنت بلدية المدينة يوم الثلاثاء أنها ستعيد فتح الجسر القديم أمام المشاة بعد أعمال ترميم استمرت نحو أربع سنوات، "
            "وقالت إن الحجارة الأصلية أعيدت إلى مكانها واحدة بعد أخرى."
        ),
        (
            "وقال رئيس المهندسين إن الفيضان الذي ضرب الوادي قبل خمس سنوات كشف عن أساسات لم يكن أحد يعرف بوجودها، وإن ذلك هو "
            "السبب في أن العمل استغرق وقتا أطول مما كان متوقعا."
        ),
        (
            "ويتذكر سكان الحي كيف كانوا يعبرون النهر في قوارب صغيرة، فيما كان الأطفال يصلون إلى المدرسة متأخرين كلما ارتفع "
            "الماء في الشتاء."
        ),
        (
            "ومن المقرر أن يقام احتفال صغير يوم الجمعة على الضفة الشرقية، على أن تبقى حركة السيارات ممنوعة على الجسر حتى "
            "نهاية العام."
        ),
    ),
    "da": (
        (
            "Kommunen åbnede tirsdag den gamle bro over åen for cyklister, ni år efter at den blev lukket, og de første var "
            "skolebørn, som havde ventet i regnen siden klokken syv."
        ),
        (
            "Ingeniørerne fandt undervejs et fundament af egetræ, som ingen kendte til, og derfor blev arbejdet både dyrere "
            "og længere, end byrådet havde regnet med."
        ),
        (
            "På den anden side af åen har bageren allerede ansat en ekstra medhjælper, fordi hun regner med, at mange vil "
            "tage vejen forbi hendes butik på vej til stationen."
        ),
        (
            "Der er stadig ingen belysning på broen, og det bliver der heller ikke før til foråret, når pengene til det er "
            "fundet på næste års budget."
        ),
    ),
    "de": (
        (
            "Am Dienstag hat die Stadt die alte Hafenbrücke wieder für Radfahrer geöffnet, neun Jahre nachdem ein Schiff "
            "gegen einen ihrer Pfeiler gefahren war und sie gesperrt werden musste."
        ),
        (
            "Die Ingenieure fanden unter dem Pflaster ein Fundament aus Eichenholz, von dem niemand gewusst hatte, und "
            "deshalb dauerte die Arbeit länger, als der Rat geplant hatte."
        ),
        (
            "In der Bäckerei am anderen Ufer steht seit dieser Woche eine Aushilfe hinter der Theke, weil die Besitzerin "
            "damit rechnet, dass viele auf dem Weg zum Bahnhof bei ihr anhalten."
        ),
        (
            "Beleuchtet wird die Brücke vorerst nicht, denn das Geld dafür ist erst für das nächste Jahr vorgesehen, und "
            "auch dann nur, wenn das Land seinen Anteil zahlt."
        ),
    ),
    "en": (
        (
            "The council voted on Tuesday to reopen the old harbour bridge to cyclists, nine years after a barge ran into "
            "one of its piers and the engineers said that it could no longer be trusted."
        ),
        (
            "Under the paving they found a foundation of oak that was not on any of the drawings, which is why the work took "
            "longer and cost more than anyone at the town hall had expected."
        ),
        (
            "On the far bank the baker has already hired a second assistant, because she thinks that many of those who ride "
            "to the station will stop at her door on the way."
        ),
        (
            "There will be no lamps on the bridge until the spring, and even then only if the province pays its share of the "
            "bill, which it has promised to do twice before."
        ),
    ),
    "es": (
        (
            "El ayuntamiento decidió el martes volver a abrir el viejo puente del puerto a los ciclistas, nueve años después "
            "de que una barcaza chocara con uno de sus pilares y hubiera que cerrarlo."
        ),
        (
            "Debajo del pavimento los ingenieros encontraron unos cimientos de roble que no figuraban en ningún plano, y por "
            "eso la obra fue más larga y más cara de lo que se había previsto."
        ),
        (
            "En la otra orilla la panadera ya ha contratado a una ayudante, porque cree que muchos de los que van en "
            "bicicleta a la estación se detendrán en su tienda por el camino."
        ),
        (
            "No habrá farolas en el puente hasta la primavera, y solo si la provincia paga su parte de la factura, algo que "
            "ya ha prometido en dos ocasiones."
        ),
    ),
    "fr": (
        (
            "Le conseil municipal a décidé mardi de rouvrir le vieux pont du port aux cyclistes, neuf ans après qu'une "
            "péniche eut heurté l'une de ses piles et qu'il eut fallu le fermer."
        ),
        (
            "Sous les pavés, les ingénieurs ont trouvé des fondations en chêne qui ne figuraient sur aucun plan, et c'est "
            "pourquoi le chantier a duré plus longtemps que la mairie ne l'avait prévu."
        ),
        (
            "Sur l'autre rive, la boulangère a déjà engagé une deuxième vendeuse, car elle pense que beaucoup de ceux qui "
            "vont à la gare à vélo s'arrêteront chez elle en chemin."
        ),
        (
            "Il n'y aura pas de lampadaires sur le pont avant le printemps, et encore seulement si la région paie sa part, "
            "ce qu'elle a déjà promis à deux reprises."
        ),
    ),
    "ja": (
        ("市は火曜日、九年前に船が橋脚に衝突して以来閉鎖されていた古い港の橋を、自転車に限って再び通れるようにすると発表した。"),
        (
            "工事の途中で、どの図面にも載っていない樫の木の基礎が見つかったため、作業は予定よりも長くかかり、費用も当初の見込"
            "みを大きく上回ったという。"
        ),
        (
            "対岸でパン屋を営む女性は、駅へ向かう人たちが途中で立ち寄ってくれるはずだと考えて、今週から新しい店員を一人雇うこ"
            "とにしたと話している。"
        ),
        (
            "橋の上に照明が付くのは早くても来年の春になる見通しで、それも県が費用の一部を負担するという約束が守られた場合に限"
            "られる。"
        ),
    ),
    "ru": (
        (
            "Во вторник городской совет решил снова открыть старый мост в порту для велосипедистов, через девять лет после "
            "того, как баржа врезалась в одну из его опор и движение пришлось закрыть."
        ),
        (
            "Под мостовой инженеры нашли дубовое основание, которого не было ни на одном чертеже, и поэтому работы заняли "
            "больше времени, чем рассчитывали в мэрии."
        ),
        (
            "На другом берегу хозяйка пекарни уже наняла вторую помощницу, потому что думает, что многие из тех, кто едет на "
            "вокзал, будут останавливаться у неё по дороге."
        ),
        (
            "Фонарей на мосту не будет до весны, да и тогда они появятся только в том случае, если область заплатит свою "
            "часть, как она уже дважды обещала."
        ),
    ),
    "cs": (
        (
            "Zastupitelé v úterý rozhodli, že se starý most v přístavu po devíti letech znovu otevře pro cyklisty, protože "
            "oprava pilíře, do kterého tehdy narazil člun, je konečně hotová."
        ),
    ),
    "el": (
        (
            "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη να ανοίξει ξανά την παλιά γέφυρα του λιμανιού για τους ποδηλάτες, "
            "εννέα χρόνια μετά το ατύχημα που είχε οδηγήσει στο κλείσιμό της."
        ),
    ),
    "fi": (
        (
            "Kaupunginvaltuusto päätti tiistaina, että sataman vanha silta avataan jälleen pyöräilijöille, vaikka se on "
            "ollut suljettu yhdeksän vuotta eikä kukaan enää uskonut, että niin voisi käydä."
        ),
    ),
    "he": (
        (
            "מועצת העיר החליטה ביום שלישי לפתוח מחדש את הגשר הישן בנמל לרוכבי אופניים, תשע שנים אחרי שדוברה התנגשה באחד "
            "העמודים שלו והמהנדסים אמרו כי אי אפשר עוד לסמוך עליו."
        ),
    ),
    "hi": (
        (
            "नगर परिषद ने मंगलवार को यह फैसला किया कि बंदरगाह का पुराना पुल नौ साल के बाद साइकिल चलाने वालों के लिए फिर से "
            "खोला जाएगा, क्योंकि उसके खंभे की मरम्मत का काम अब पूरा हो चुका है।"
        ),
    ),
    "hu": (
        (
            "A városi tanács kedden úgy döntött, hogy a kikötő régi hídját kilenc év után ismét megnyitja a kerékpárosok "
            "előtt, mert a pillér, amelynek akkor egy uszály nekiment, végre elkészült."
        ),
    ),
    "id": (
        (
            "Dewan kota pada hari Selasa memutuskan untuk membuka kembali jembatan tua di pelabuhan bagi para pesepeda, "
            "sembilan tahun setelah sebuah tongkang menabrak salah satu tiangnya dan jembatan itu harus ditutup."
        ),
    ),
    "it": (
        (
            "Il consiglio comunale ha deciso martedì di riaprire ai ciclisti il vecchio ponte del porto, nove anni dopo che "
            "una chiatta aveva urtato uno dei suoi piloni e non era stato più possibile usarlo."
        ),
    ),
    "ko": (
        (
            "시의회는 화요일에 항구의 낡은 다리를 자전거 이용자들에게 다시 개방하기로 결정했다. 구 년 전 바지선이 교각에 "
            "부딪힌 뒤로 다리는 계속 닫혀 있었다."
        ),
    ),
    "nb": (
        (
            "Kommunestyret vedtok tirsdag å åpne den gamle brua i havna for syklister igjen, ni år etter at en lekter kjørte "
            "inn i en av pilarene og ingeniørene sa at den ikke lenger var til å stole på."
        ),
    ),
    "nl": (
        (
            "De gemeenteraad heeft dinsdag besloten om de oude havenbrug weer open te stellen voor fietsers, negen jaar "
            "nadat een schip tegen een van de pijlers was gevaren en niemand er meer overheen mocht."
        ),
    ),
    "pl": (
        (
            "Rada miasta zdecydowała we wtorek, że stary most w porcie zostanie ponownie otwarty dla rowerzystów, dziewięć "
            "lat po tym, jak barka uderzyła w jeden z jego filarów i trzeba go było zamknąć."
        ),
    ),
    "pt": (
        (
            "A câmara municipal decidiu na terça-feira reabrir a velha ponte do porto aos ciclistas, nove anos depois de uma "
            "barcaça ter batido num dos seus pilares e de os engenheiros terem dito que não era segura."
        ),
    ),
    "ro": (
        (
            "Consiliul local a hotărât marți să redeschidă vechiul pod din port pentru bicicliști, la nouă ani după ce o "
            "barjă a lovit unul dintre pilonii săi și inginerii au spus că nu mai este sigur."
        ),
    ),
    "sv": (
        (
            "Kommunfullmäktige beslutade i tisdags att öppna den gamla hamnbron för cyklister igen, nio år efter att en pråm "
            "körde in i en av pelarna och ingenjörerna sade att den inte längre gick att lita på."
        ),
    ),
    "th": (
        ("สภาเมืองมีมติเมื่อวันอังคารให้เปิดสะพานเก่าที่ท่าเรือสำหรับผู้ใช้จักรยานอีกครั้ง หลังจากที่ปิดไปนานถึงเก้าปีเพราะเรือบรรทุกสินค้าชนเสาต้นหนึ่งของสะพาน"),
    ),
    "tr": (
        (
            "Belediye meclisi salı günü, bir mavnanın ayaklarından birine çarpmasından dokuz yıl sonra limandaki eski "
            "köprünün bisikletliler için yeniden açılmasına karar verdi, çünkü onarım çok uzun sürmüş ama sonunda bitmişti."
        ),
    ),
    "uk": (
        (
            "У вівторок міська рада вирішила знову відкрити старий міст у порту для велосипедистів, через дев'ять років "
            "після того, як баржа врізалася в одну з його опор і рух довелося закрити."
        ),
    ),
    "vi": (
        (
            "Hôm thứ ba, hội đồng thành phố đã quyết định mở lại cây cầu cũ ở cảng cho người đi xe đạp, chín năm sau khi một "
            "chiếc sà lan đâm vào một trong những trụ cầu và các kỹ sư nói rằng nó không còn an toàn."
        ),
    ),
    "zh": (
        (
            "市议会星期二决定，在关闭九年之后重新向骑自行车的人开放港口的旧桥。当年一艘驳船撞上了桥墩，工程师说这座桥已经不能"
            "再使用了。"
        ),
    ),
}

ARTICLES = {tag: paragraphs for tag, paragraphs in PROSE.items() if len(paragraphs) > 1}
"""The languages with enough paragraphs for a page."""

CHROME: dict[str, tuple[str, ...]] = {
    "ar": ("إعلان", "شارك هذا المقال"),
    "da": ("Annonce", "Del artiklen"),
    "de": ("Anzeige", "Diesen Artikel teilen"),
    "en": ("Advertisement", "Share this article", "Skip to main content", "Sign up for our newsletter", "Share on Facebook"),
    "es": ("Publicidad", "Comparte este artículo"),
    "fr": ("Publicité", "Partager cet article"),
    "ja": ("広告", "この記事をシェアする"),
    "ru": ("Реклама", "Поделиться в соцсетях"),
}
"""Lines that are chrome wherever they stand alone. English ones stand on pages of every language.

None of them opens or closes a run of teasers: what stands between two of those is another story, and rightly goes.
"""

CLOSERS = ("Read more", "Keep Reading", "Continue reading")
"""Lines that end a teaser. One of them in an article is chrome; between two of them stands another story."""
